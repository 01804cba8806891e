;; A variable occurs once among those of a define-values.
(import (scheme base))
(define-values (a b . a) (values 1 2 3))
;; status: 65
;; error: duplicate variable `a`
;; error: expand-duplicate-in-define-values.scm:3:23
