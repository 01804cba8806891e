(import (scheme base))
(define-syntax curry2 (syntax-rules () ((_ "go" () (t ...) f) (lambda (t ...) (f t ...))) ((_ "go" (x r ...) (t ...) f) (curry2 "go" (r ...) (tmp t ...) f)) ((_ f x ...) (curry2 "go" (x ...) () f))))
((curry2 list 1 1 1) 'a 'b 'c)
;; value: (a b c)
