;; error: `cube` is exported but not defined
;; error: `squar` is exported but not defined
;; error: did you mean `square`?
;; error: `one` is exported twice
;; error: exported with another meaning here
;; status: 65
(define-library (a)
  (export cube (rename squar square) one (rename two one))
  (import (scheme base))
  (begin (define one 1) (define two 2)))
(import (scheme base) (a))
