//go:build tools

// Package tools names the program, so that go.mod and go.sum hold its version and its checksums.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
