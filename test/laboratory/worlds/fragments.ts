/** What several worlds begin with, in sh. */

export const PINNED = "echo 1.22.6 >.go-version";

/** A package that is compiled in no time. */
export const PACKAGE = `${PINNED}; printf 'module m\\n\\ngo 1.20\\n' >go.mod; echo 'package m' >m.go`;

/** The line behind it goes on in the directory of the go-env file. */
export const GO_ENV = "mkdir -p $HOME/.config/go; cd $HOME/.config/go";

/** A proxy in a directory that knows one module: where nothing is in the way, its archive is what is missing. */
export const PROXY = `mkdir -p $HOME/proxy/x.example/y/@v && (cd $HOME/proxy/x.example/y/@v
  echo '{"Version":"v1.0.0"}' >v1.0.0.info; echo 'module x.example/y' >v1.0.0.mod)`;
export const DOWNLOAD = "GOSUMDB=off GOPROXY=file://$HOME/proxy go mod download x.example/y@v1.0.0";

/** `mounted DIRECTORY OPTIONS`: an empty file system, which the doctor sees. */
export const MOUNT =
  'mounted() { mkdir -p "$1" $SYSTEM/proc/self; mount -t tmpfs -o "$2" tmpfs "$1"; cp /proc/self/mountinfo $SYSTEM/proc/self/; }';

/** `seems DIRECTORY TYPE`: what the kernel would say of a mount. */
export const SEEMS =
  'seems() { mkdir -p "$1" $SYSTEM/proc/self; echo "40 1 0:40 / $1 rw - $2 source rw" >>$SYSTEM/proc/self/mountinfo; }';
