(import (scheme base))
(define (g) 'global)
(define (f) (define-syntax call (syntax-rules () ((_) (g)))) (let () (define (g) 'local) (call)))
(f)
;; value: global
