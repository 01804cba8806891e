;; SRFI 145: `assume`, which states what the program counts on. Kestrel checks it.

(define-library (srfi 145)
  (import (scheme base))
  (export assume)
  (begin
    (define-syntax assume
      (syntax-rules ()
        ((_ expression message ...)
         (or expression (error "assume: an assumption does not hold:" 'expression message ...)))))))
