// Package frontend holds the built site. `npm run build` writes it to dist; a
// checkout that was never built embeds only an empty folder, and the server
// then answers that the site is missing.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built site with index.html at its root. index.html is a
// template: the server replaces {{NONCE}}, {{LANG}}, {{TITLE}},
// {{DESCRIPTION}}, {{CANONICAL}} and {{HEAD}} for each response. Everything
// under assets/ carries a content hash in its name and never changes.
func FS() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the embed directive above guarantees the folder
	}
	return sub
}
