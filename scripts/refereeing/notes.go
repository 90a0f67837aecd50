// Lets Go's own sumdb/note and sumdb/tlog judge a checkpoint, an entry's proof and a consistency proof of ours.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run notes.go KEY CHECKPOINT PROOF OLD CONSISTENCY
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func refuse(what string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func read(file string) string {
	content, err := os.ReadFile(file)
	refuse(file, err)
	return string(content)
}

// A checkpoint's size and root, once its signature was found right.
func opened(text string, known note.Verifiers, name string) (int64, tlog.Hash) {
	signed, err := note.Open([]byte(text), known)
	refuse("note", err)
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != name || lines[3] != "" {
		refuse("checkpoint", fmt.Errorf("%q", signed.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	refuse("size", err)
	return size, hash(lines[2])
}

func hash(text string) (found tlog.Hash) {
	content, err := base64.StdEncoding.DecodeString(text)
	refuse("base64", err)
	if copy(found[:], content) != tlog.HashSize || len(content) != tlog.HashSize {
		refuse("hash", fmt.Errorf("%d bytes", len(content)))
	}
	return found
}

func hashes(lines []string) (found []tlog.Hash) {
	for _, line := range lines {
		found = append(found, hash(line))
	}
	return found
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	refuse("key", err)
	known := note.VerifierList(verifier)
	size, root := opened(read(os.Args[2]), known, verifier.Name())

	head, checkpoint, _ := strings.Cut(read(os.Args[3]), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		refuse("proof", fmt.Errorf("%q", lines[0]))
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	refuse("extra", err)
	entry, _, _ := strings.Cut(string(extra), "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	refuse("index", err)
	ofSize, ofRoot := opened(checkpoint, known, verifier.Name())
	leaf := tlog.RecordHash([]byte(entry))
	path := hashes(lines[3:])
	refuse("inclusion", tlog.CheckRecord(path, ofSize, ofRoot, index, leaf))
	if tlog.CheckRecord(path, ofSize, ofRoot, index, tlog.RecordHash([]byte(entry+" "))) == nil {
		refuse("inclusion", fmt.Errorf("another entry is taken too"))
	}

	oldSize, oldRoot := opened(read(os.Args[4]), known, verifier.Name())
	head, checkpoint, _ = strings.Cut(read(os.Args[5]), "\n\n")
	lines = strings.Split(head, "\n")
	if lines[0] != fmt.Sprintf("old %d", oldSize) {
		refuse("consistency", fmt.Errorf("%q", lines[0]))
	}
	ofSize, ofRoot = opened(checkpoint, known, verifier.Name())
	refuse("consistency", tlog.CheckTree(hashes(lines[1:]), ofSize, ofRoot, oldSize, oldRoot))
	if ofSize != size || ofRoot != root || oldSize >= size {
		refuse("checkpoint", fmt.Errorf("the proofs do not lead to the last checkpoint"))
	}
	fmt.Printf("签名、第%d条的证明、前%d条到前%d条的延续都通过", index, oldSize, size)
}
