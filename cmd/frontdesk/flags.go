package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"frontdesk/assets/lang"
	"frontdesk/cmd/internal/shop"
)

// options are what the command line may say.
type options struct {
	dir      string        // data folder
	practice bool          // embedded simulator, virtual printer, own folder
	language lang.Language // empty: the setting holds
	version  bool          // print the version and leave
}

// parseFlags reads the command line. The error is one sentence.
func parseFlags(args []string) (options, error) {
	var o options
	var language string
	flags := flag.NewFlagSet("frontdesk", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.dir, "data", "", "data `folder`")
	flags.BoolVar(&o.practice, "practice", false, "practice mode: nothing is charged for real")
	flags.StringVar(&language, "lang", "", "`zh` or en")
	flags.BoolVar(&o.version, "version", false, "print the version")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, fmt.Errorf("%w; try: %s", err, usage)
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is not an option; try: %s", flags.Arg(0), usage)
	}
	if language != "" {
		l, ok := lang.Parse(language)
		if !ok {
			return o, fmt.Errorf("--lang takes zh or en, not %q", language)
		}
		o.language = l
	}
	if o.dir == "" {
		dir, err := shop.DefaultDir(o.practice)
		if err != nil {
			return o, fmt.Errorf("no place for the data: %w; name one with --data", err)
		}
		o.dir = dir
	}
	return o, nil
}

const usage = "frontdesk [--data DIR] [--practice] [--lang zh|en] [--version]"
