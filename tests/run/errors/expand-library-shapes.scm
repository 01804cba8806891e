;; error: (define-library name declaration …)
;; error: a library's name must be a list such as (scheme base)
;; error: a part of a library's name must be an identifier or a whole number
;; error: this is no library declaration
;; error: an export must be an identifier or (rename internal external)
;; status: 65
(define-library)
(define-library name)
(define-library (a "b"))
(define-library (c -1))
(define-library (d) (define x 1) (export (x)) . (begin))
(define-library (e) (define x 1) (export (x)))
(import (scheme base) (d) (e))
