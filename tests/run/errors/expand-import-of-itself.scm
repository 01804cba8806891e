;; error: (a) imports itself: (a) → (a)
;; error: (a) imports (a) here
;; status: 65
(define-library (a) (export) (import (scheme base) (a)))
(import (scheme base) (a))
