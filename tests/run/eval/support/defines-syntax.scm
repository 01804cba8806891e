(import (prefix (scheme base) b:))
(define-syntax my-or
  (syntax-rules () ((_ a b) (b:let ((t a)) (b:if t t b)))))
(define-record-type thing (make-thing) thing?)
(define-library (inner) (export deep) (import (scheme base)) (begin (define deep 'deep)))
(import (inner))
(if (not (eq? deep 'deep)) (error "the library that the file defines"))
