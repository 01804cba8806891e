;; error: `when` is imported and cannot be defined
;; error: `vector` is imported and cannot be defined
;; error: the import
;; status: 65
(define-library (b)
  (export)
  (import (scheme base))
  (begin
    (define-syntax when (syntax-rules () ((_ a b) (if a b))))
    (define-record-type thing (vector x) thing? (x thing-x))))
(import (scheme base) (b))
