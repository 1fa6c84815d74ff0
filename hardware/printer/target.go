package printer

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"unicode"
)

type scheme string

const (
	schemeTCP     scheme = "tcp"
	schemeFile    scheme = "file"
	schemeSpool   scheme = "spool"
	schemeVirtual scheme = "virtual"
)

// target is a target taken apart.
type target struct {
	scheme scheme
	value  string // address, path, name, or folder, which may be empty
}

// defaultPort is the raw port of network printers ("JetDirect").
const defaultPort = "9100"

// parseTarget reads "tcp://HOST[:PORT]", "file:///PATH", "spool:NAME",
// "virtual:" and "virtual:FOLDER".
func parseTarget(s string) (target, error) {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return target{}, errors.New("control character in the address")
	}
	s = strings.TrimSpace(s)
	name, rest, ok := strings.Cut(s, ":")
	if !ok {
		return target{}, errors.New("want tcp://HOST:PORT, file:///PATH, spool:NAME or virtual:FOLDER")
	}
	switch scheme(strings.ToLower(name)) {
	case schemeTCP:
		address, err := parseAddress(rest)
		return target{schemeTCP, address}, err
	case schemeFile:
		path, err := parsePath(s, runtime.GOOS == "windows")
		return target{schemeFile, path}, err
	case schemeSpool:
		if rest == "" {
			return target{}, errors.New("spool: needs the printer's name")
		}
		if strings.HasPrefix(rest, "-") { // lp would take it for an option
			return target{}, errors.New("a printer's name does not begin with -")
		}
		return target{schemeSpool, rest}, nil
	case schemeVirtual:
		return target{schemeVirtual, rest}, nil
	}
	return target{}, fmt.Errorf("unknown kind of printer %q", name)
}

func parseAddress(rest string) (string, error) {
	rest, ok := strings.CutPrefix(rest, "//")
	if !ok {
		return "", errors.New("want tcp://HOST:PORT")
	}
	rest = strings.TrimSuffix(rest, "/")
	host, port, err := net.SplitHostPort(rest)
	if err != nil { // no port
		host, port = strings.Trim(rest, "[]"), defaultPort
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < 1 || number > 65535 {
		return "", fmt.Errorf("port %q is not a number from 1 to 65535", port)
	}
	if host == "" || strings.ContainsAny(host, " /?#@") {
		return "", fmt.Errorf("%q is not a host", host)
	}
	return net.JoinHostPort(host, port), nil
}

var windowsPort = regexp.MustCompile(`(?i)^/((?:lpt|com|prn)\d*)$`)

// parsePath reads a file URL. On Windows "/C:/x" loses its first slash and
// "/LPT1" becomes the device of that name.
func parsePath(s string, windows bool) (string, error) {
	u, err := url.Parse(s)
	if err != nil {
		return "", err
	}
	if u.Opaque != "" || (u.Host != "" && u.Host != "localhost") || len(u.Path) < 2 {
		return "", errors.New("want file:///PATH with three slashes")
	}
	if !windows {
		return u.Path, nil
	}
	if m := windowsPort.FindStringSubmatch(u.Path); m != nil {
		return `\\.\` + m[1], nil
	}
	if len(u.Path) >= 3 && u.Path[2] == ':' {
		return u.Path[1:], nil
	}
	return u.Path, nil
}
