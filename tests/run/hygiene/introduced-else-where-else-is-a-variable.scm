(import (scheme base))
(define-syntax pick (syntax-rules () ((_ a) (cond (#f 0) (else a)))))
(let ((else #f)) (pick 7))
;; value: 7
