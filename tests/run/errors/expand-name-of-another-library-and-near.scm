;; error: unbound variable `caddr`
;; error: `caddr` is exported by (scheme cxr)
;; status: 65
;; A library that exports the very name is the better advice than names like it.
(import (scheme base))
(caddr '(1 2 3))
