;; error: cannot read
;; status: 65
(import (scheme base))
(include "no-such-file.scm")
