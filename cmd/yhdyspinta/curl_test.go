package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
)

// realCurl is the machine's own curl, from before testscript put a stand-in of the name
// first; "" if there is none.
var realCurl string

// curl stands in for the program of that name on machines that have none: the part of
// it that the guide's examples use, and nothing else. What it does not know it refuses,
// so that an example cannot pass by being misread.
//
//	-s -S     no progress, but errors
//	-i        status line and headers before the body
//	-G        --data-urlencode goes into the address of a GET
//	-X -H -d -o -D, --data-urlencode NAME=VALUE
func curl() {
	if err := curlDo(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "curl:", err)
		os.Exit(2)
	}
}

type curlRequest struct {
	method, body, address  string
	out, headers           string // files; "" none, "-" the standard output
	include, get, sendBody bool
	header                 http.Header
	query                  []string
}

func parseCurl(args []string) (r curlRequest, err error) {
	r.header = http.Header{}
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		var flags string
		switch {
		case strings.HasPrefix(arg, "--"):
			flags = arg
		case strings.HasPrefix(arg, "-") && arg != "-":
			flags = arg[1:]
		case r.address != "":
			return r, fmt.Errorf("two addresses: %s and %s", r.address, arg)
		default:
			r.address = arg
			continue
		}
		for flags != "" {
			flag := flags[:1]
			if strings.HasPrefix(flags, "--") {
				flag, flags = flags, ""
			} else {
				flags = flags[1:]
			}
			value := ""
			if slices.Contains([]string{"X", "H", "d", "o", "D", "--data-urlencode"}, flag) {
				switch {
				case flags != "":
					value, flags = flags, ""
				case len(args) > 0:
					value, args = args[0], args[1:]
				default:
					return r, fmt.Errorf("-%s wants a value", flag)
				}
			}
			switch flag {
			case "s", "S":
			case "i":
				r.include = true
			case "G":
				r.get = true
			case "X":
				r.method = value
			case "H":
				name, text, ok := strings.Cut(value, ":")
				if !ok {
					return r, fmt.Errorf("%q is no header", value)
				}
				r.header.Add(name, strings.TrimSpace(text))
			case "d":
				r.body, r.sendBody = value, true
			case "o":
				r.out = value
			case "D":
				r.headers = value
			case "--data-urlencode":
				name, text, ok := strings.Cut(value, "=")
				if !ok {
					return r, fmt.Errorf("%q is no NAME=VALUE", value)
				}
				r.query = append(r.query, name+"="+curlEscape(text))
			default:
				return r, fmt.Errorf("this stand-in does not know %s", flag)
			}
		}
	}
	switch {
	case r.address == "":
		return r, fmt.Errorf("no address")
	case len(r.query) > 0 && !r.get:
		return r, fmt.Errorf("--data-urlencode is known with -G only")
	case r.method == "" && r.sendBody:
		r.method = http.MethodPost
	case r.method == "":
		r.method = http.MethodGet
	}
	if r.sendBody && r.header.Get("Content-Type") == "" {
		r.header.Set("Content-Type", "application/x-www-form-urlencoded") // as curl does, so that a forgotten header shows
	}
	return r, nil
}

// curlEscape writes all but letters, digits and -._~ in percent.
func curlEscape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func curlDo(args []string, stdout io.Writer) error {
	r, err := parseCurl(args)
	if err != nil {
		return err
	}
	if len(r.query) > 0 {
		sign := "?"
		if strings.Contains(r.address, "?") {
			sign = "&"
		}
		r.address += sign + strings.Join(r.query, "&")
	}
	req, err := http.NewRequest(r.method, r.address, strings.NewReader(r.body))
	if err != nil {
		return err
	}
	req.Header = r.header
	req.Header.Set("User-Agent", "curl")
	res, err := http.DefaultTransport.RoundTrip(req) // follows nothing
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var head strings.Builder
	fmt.Fprintf(&head, "HTTP/1.1 %s\r\n", res.Status)
	for name, values := range res.Header {
		for _, v := range values {
			fmt.Fprintf(&head, "%s: %s\r\n", name, v)
		}
	}
	head.WriteString("\r\n")
	write := func(file, text string) error {
		if file == "-" {
			_, err := io.WriteString(stdout, text)
			return err
		}
		return os.WriteFile(file, []byte(text), 0o600)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if r.headers != "" {
		if err := write(r.headers, head.String()); err != nil {
			return err
		}
	}
	if r.include {
		if err := write("-", head.String()); err != nil {
			return err
		}
	}
	if r.out == "" {
		r.out = "-"
	}
	return write(r.out, string(body))
}
