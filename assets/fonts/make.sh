#!/bin/sh
# Makes the letters of the preview cards anew: assets/fonts/card.bin.
#
#   fonts-noto-cjk-extra 1:20220127+repack1-1 (Debian)   the outlines: Noto Serif CJK KR SemiBold
#   fonttools 4.68.0, zstandard 0.25.0 (PyPI)            what reads the one and packs the other
#
# Needs apt-get with the package in reach, python3 with venv, and 200 MB in a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download fonts-noto-cjk-extra=1:20220127+repack1-1
for package in *.deb; do dpkg -x "$package" files; done
python3 -m venv venv
venv/bin/pip --quiet install fonttools==4.68.0 zstandard==0.25.0
venv/bin/python "$here/make.py" \
    files/usr/share/fonts/opentype/noto/NotoSerifCJK-SemiBold.ttc \
    "$here/card.bin"
