#!/bin/sh
# Package:   openapi-python-client 0.29.1.
# Behaviour: an answer of type application/pdf is left out of the client: the operation stays without
#            anything that takes the file; only a warning says so, and the exit status is 0. With `content_type_overrides` from
#            application/pdf to application/octet-stream the same operation returns a file.
# Why guesses are wrong: the document is valid, application/octet-stream works without a word, and a PDF looks like
#            nothing but bytes; other generators take any type of binary answer.
# For this trade: cards, notices and posters are printed from PDFs. A county's program made from our document prints
#            nothing and sees no mistake. Whoever makes a client is told of the override.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openapi-python-client==0.29.1
cd "$folder"
cat > api.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "posters", "version": "1"}, "paths": {"/poster": {"get": {
  "operationId": "poster", "responses": {"200": {"description": "the sheet", "content": {
    "application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}}}}
JSON
echo '{"content_type_overrides": {"application/pdf": "application/octet-stream"}}' > override.json
client="$folder/venv/bin/openapi-python-client"
PATH="$folder/venv/bin:$PATH" "$client" generate --path api.json --meta none --output-path plain > told 2>&1
head -4 told
PATH="$folder/venv/bin:$PATH" "$client" generate --path api.json --meta none --output-path helped --config override.json
plain=$(cat plain/api/default/poster.py)
helped=$(cat helped/api/default/poster.py)
echo "plain mentions a file: $(echo "$plain" | grep -c 'File(' || true); helped: $(echo "$helped" | grep -c 'File(' || true)"
grep -qi 'application/pdf' told
! echo "$plain" | grep -q 'File('
echo "$helped" | grep -q 'File('
