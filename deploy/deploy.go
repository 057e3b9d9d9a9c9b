// Package deploy holds what an operator needs beside the program: the database's
// roles, and examples for containers, Kubernetes, systemd, a reverse proxy, Prometheus
// and Grafana (README.md). The program embeds what it uses itself.
package deploy

import _ "embed"

// RolesSQL makes the database's roles where they are missing and sets who may
// connect. A superuser runs it, any number of times; it takes the database that
// the setting yhdyspinta.database names, else the one connected to.
//
//go:embed roles.sql
var RolesSQL string
