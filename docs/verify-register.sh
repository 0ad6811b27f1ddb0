#!/bin/sh
# Verifies one storage's register with sed and sha256sum alone; docs/formats.md says what is checked.
#
#   verify-register.sh REGISTER_DIRECTORY [STORAGE_NAME MANIFEST...]
#
# With the storage's name and manifests, it also checks that every entry the manifests have seen in
# that storage's register is still there. Tells what is wrong, one line each, and ends with 1 if
# anything is, with 2 if it could not look.
set -u
LC_ALL=C
export LC_ALL

if [ $# -lt 1 ] || [ ! -d "$1" ]; then
  echo "usage: $0 REGISTER_DIRECTORY [STORAGE_NAME MANIFEST...]" >&2
  exit 2
fi
directory=$1
shift

if command -v sha256sum >/dev/null 2>&1; then
  sha256() { sha256sum; }
elif command -v shasum >/dev/null 2>&1; then
  sha256() { shasum -a 256; }
else
  echo "unable to verify '$directory': neither sha256sum nor shasum is installed" >&2
  exit 2
fi

findings=0
finding() {
  echo "$1"
  findings=$((findings + 1))
}

# Digest of standard input.
digest() {
  set -- $(sha256)
  echo "$1"
}

# Checks $file, whose name says $number, against $previous, the digest of the entry before.
check_entry() {
  ended=yes
  IFS= read -r line <"$file" || ended=no
  body=${line%,\"digest\":\"*}
  actual=$(printf '%s' "$body" | digest)
  rest=${line#*,\"sequence\":}
  sequence=${rest%%,*}
  rest=${rest#*,\"previous\":}
  recorded=${rest%%,*}
  bytes=$(wc -c <"$file")
  if [ "$ended" = no ] || [ $((bytes)) != $((${#line} + 1)) ] ||
    [ "$line" != "$body,\"digest\":\"$actual\"}" ]; then
    finding "$file: was altered or cut short: its bytes do not give its digest"
  elif [ "$sequence" != "$number" ]; then
    finding "$file: holds entry number $sequence: it was moved or copied there"
  elif [ "$number" = 1 ] && [ "$recorded" != null ]; then
    finding "$file: is not the beginning: it follows an entry that is gone"
  elif [ "$number" != 1 ] && [ -n "$previous" ] && [ "$recorded" != "\"$previous\"" ]; then
    finding "$file: was not chained to the entry that is now before it: one of the two was replaced"
  fi
}

expected=1
previous=
last=
for file in "$directory"/*; do
  [ -e "$file" ] || continue
  name=${file##*/}
  case $name in
    [0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9].json) ;;
    *)
      echo "$file: is no register entry's name (ignored)" >&2
      continue
      ;;
  esac
  number=${name%.json}
  while [ "$number" != "${number#0}" ]; do number=${number#0}; done
  if [ "$number" != "$expected" ]; then
    finding "$directory: entries from number $expected on are missing before $name"
    previous=
  fi
  check_entry
  previous=$(digest <"$file")
  last=$name
  expected=$((${number:-0} + 1))
done

# Prints number and digest of each entry of storage $1 that manifest $2 has seen.
anchors() {
  sed -n '/^  "anchors"/,$ {
    /"storage" : "'"$1"'"/ {
      n
      s/.*: \([0-9]*\),.*/\1/
      h
      n
      s/.*"\([0-9a-f]*\)".*/\1/
      H
      x
      s/\n/ /p
    }
  }' "$2"
}

if [ $# -ge 2 ]; then
  storage=$1
  shift
  for manifest in "$@"; do
    if [ ! -r "$manifest" ]; then
      echo "unable to read manifest '$manifest'" >&2
      exit 2
    fi
    # shellcheck disable=SC2046 # number and digest are two words
    set -- $(anchors "$storage" "$manifest")
    [ $# -eq 2 ] || continue
    seen=$directory/$(printf '%010d' "$1").json
    if [ ! -e "$seen" ]; then
      finding "$seen: is missing, though $manifest has seen it"
    elif [ "$(digest <"$seen")" != "$2" ]; then
      finding "$seen: is not the entry that $manifest has seen: the register was rewritten"
    fi
  done
fi

if [ "$findings" -gt 0 ]; then
  exit 1
fi
echo "ok: $((expected - 1)) entries, newest ${last:-none} ${previous:-}"
