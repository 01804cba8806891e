(import (scheme base))
(define-syntax def2 (syntax-rules () ((_ name e) (begin (define tmp e) (define (name) tmp)))))
(let () (def2 f 1) (def2 g 2) (list (f) (g)))
;; value: (1 2)
