#!/bin/sh
# Installs what building Kestrel needs beyond cargo and a C compiler: the LLVM 19 development packages.
# Does nothing, quickly, when they are there already.
set -eu

prefix=${LLVM_SYS_191_PREFIX:-/usr/lib/llvm-19}

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

command -v cargo >/dev/null 2>&1 || die "cargo is missing; install Rust from https://rustup.rs and run this again"
command -v cc >/dev/null 2>&1 || die "a C compiler is missing; install gcc or clang and run this again"

machine=$(uname -sm)
[ "$machine" = "Linux x86_64" ] || die "Kestrel runs on x86-64 Linux only so far; this is $machine"

# A static link of LLVM needs its archives and those of its own dependencies.
complete() {
    [ -x "$prefix/bin/llvm-config" ] && [ -e "$prefix/lib/libLLVMX86CodeGen.a" ] && [ -e "$prefix/lib/libPolly.a" ] || return 1
    for library in zstd z ffi xml2; do
        printf 'int main(void){return 0;}' | cc -x c - -o /dev/null "-l$library" 2>/dev/null || return 1
    done
}
complete && exit 0

packages="llvm-19-dev libpolly-19-dev libzstd-dev zlib1g-dev libffi-dev libxml2-dev"
command -v apt-get >/dev/null 2>&1 || die "LLVM 19 was not found in $prefix, and there is no apt-get here to install it with.
setup: Install LLVM 19 with its static libraries by your system's means, set LLVM_SYS_191_PREFIX to its folder, and run this again."

sudo=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || die "not root and no sudo; as root, run: apt-get install $packages"
    sudo=sudo
fi
say "installing $packages"
$sudo apt-get update -qq || say "apt-get update failed; trying with the package lists at hand"
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
complete || die "LLVM 19 is still incomplete in $prefix after installing $packages"
