package wechat

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// params are the fields of one request or answer of v2: names and texts. Empty
// ones are neither sent nor signed.
type params map[string]string

// canonical is the text that is signed: all fields that are set, but for the
// signature itself, in the order of their names, and then the key.
func (p params) canonical(key string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if p[name] != "" && name != "sign" {
			fmt.Fprintf(&b, "%s=%s&", name, p[name])
		}
	}
	return b.String() + "key=" + key
}

// encode writes the fields as WeChat's flat XML.
func (p params) encode() []byte {
	var b bytes.Buffer
	b.WriteString("<xml>")
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if p[name] == "" {
			continue
		}
		fmt.Fprintf(&b, "<%s>", name)
		_ = xml.EscapeText(&b, []byte(p[name])) // a Buffer takes everything
		fmt.Fprintf(&b, "</%s>", name)
	}
	b.WriteString("</xml>")
	return b.Bytes()
}

var (
	errXMLForm  = errors.New("the answer is not one flat XML element")
	errXMLTwice = errors.New("the answer has a field twice")
)

// decodeXML reads what WeChat answers: <xml> with fields that hold nothing but
// text. It is as strict as a signature over the fields needs it: a field that is
// there twice could be signed as one and read as the other, and everything that
// reaches outside of the document (types, entities) is refused.
func decodeXML(raw []byte) (params, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	p := params{}
	depth, ended := 0, false
	name, value := "", ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && ended {
			return p, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errXMLForm, err)
		}
		switch t := token.(type) {
		case xml.ProcInst:
			if t.Target != "xml" || depth > 0 || ended {
				return nil, errXMLForm
			}
		case xml.Comment:
		case xml.StartElement:
			depth++
			fits := depth == 1 && t.Name.Local == "xml" && !ended || depth == 2
			if !fits || len(t.Attr) > 0 || t.Name.Space != "" {
				return nil, errXMLForm
			}
			name, value = t.Name.Local, ""
		case xml.CharData:
			if depth == 2 {
				value += string(t)
			} else if len(bytes.TrimSpace(t)) > 0 {
				return nil, errXMLForm
			}
		case xml.EndElement:
			depth--
			if depth == 0 {
				ended = true
				continue
			}
			if _, twice := p[name]; twice {
				return nil, errXMLTwice
			}
			p[name] = value
		default: // a document type
			return nil, errXMLForm
		}
	}
}
