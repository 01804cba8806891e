(define-library (support lib deep constants)
  (export unit)
  (import (scheme base))
  (begin (define unit 10)))
