;; error: (a) imports itself
;; status: 65
(define-library (a) (export x) (import (scheme base) (b)) (begin (define x 1)))
(define-library (b) (export y) (import (scheme base) (a)) (begin (define y 2)))
(import (scheme base) (a))
x
