;; error: library (a) is defined twice
;; error: first one
;; error: (scheme base) comes with Kestrel and cannot be defined
;; status: 65
(define-library (a))
(define-library (a) (export))
(define-library (scheme base))
(import (scheme base) (a))
