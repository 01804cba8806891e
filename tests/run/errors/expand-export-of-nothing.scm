;; error: `lenth` is exported but not defined
;; status: 65
(define-library (a) (export lenth) (import (scheme base)) (begin (define length-1 1) (define lengt 2)))
(import (scheme base) (a))
