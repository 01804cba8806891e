(import (scheme base))
(define-syntax def (syntax-rules () ((_ e) (define hidden e))))
(let ((hidden 'outer)) (def 5) hidden)
;; value: outer
