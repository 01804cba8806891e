;; error: (a) imports itself: (a) → (b) → (c) → (a)
;; error: (c) imports (a) here
;; error: (a) imports (b) here
;; error: (b) imports (c) here
;; status: 65
(define-library (a) (export x) (import (scheme base) (b)) (begin (define x 1)))
(define-library (b) (export y) (import (scheme base) (only (c) z)) (begin (define y 2)))
(define-library (c)
  (export z)
  (import (scheme base)
          (prefix (a) a:))
  (begin (define z 3)))
(import (scheme base) (a))
x
