;; error: `area` is not exported by (shapes)
;; error: did you mean `areas`?
;; error: expand-missing-export.scm:10:19
;; error: defined here, but not exported
;; error: `volume` is not exported by (shapes)
;; error: the library
;; status: 65
(define-library (shapes) (export areas) (import (scheme base))
  (begin (define areas 1)
         (define (area x) x)))
(import (scheme base) (only (shapes) area) (except (shapes) volume))
