;; error: `import` is a declaration of a library, and cannot stand in its body
;; error: a library cannot be defined inside another
;; status: 65
(define-library (a) (export) (import (scheme base))
  (begin (import (scheme char)) (define-library (b))))
(import (scheme base) (a))
