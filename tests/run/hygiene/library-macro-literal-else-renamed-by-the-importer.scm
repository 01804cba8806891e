(define-library (m) (export my-cond) (import (scheme base))
  (begin (define-syntax my-cond (syntax-rules (else) ((_ (else e)) e) ((_ (c e) r ...) (if c e (my-cond r ...)))))))
(import (rename (scheme base) (else otherwise)) (m))
(my-cond (#f 1) (otherwise 2))
;; value: 2
