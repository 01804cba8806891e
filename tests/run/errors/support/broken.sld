(define-library (broken)
  (export)
  (begin (define x 1))
