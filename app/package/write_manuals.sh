#!/bin/sh
# What is written by the program itself: write_manuals.sh FAULTLINE FOLDER
set -eu
faultline=$1 folder=$2
manual() { env -i "$faultline" manual "$1"; }
mkdir -p "$folder"
manual page >"$folder/faultline.1"
manual settings >"$folder/faultline.toml.5"
manual template >"$folder/faultline.toml"
manual bash >"$folder/faultline.bash"
manual zsh >"$folder/_faultline"
gzip -9nkf "$folder/faultline.1" "$folder/faultline.toml.5" "$folder/changelog"
