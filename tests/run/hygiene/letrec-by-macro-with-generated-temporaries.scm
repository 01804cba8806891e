(import (scheme base))
(define-syntax my-letrec
  (syntax-rules ()
    ((_ ((v i) ...) b ...) (my-letrec "temps" (v ...) () ((v i) ...) b ...))
    ((_ "temps" () (t ...) ((v i) ...) b ...)
     (let ((v #f) ...) (let ((t i) ...) (set! v t) ... (let () b ...))))
    ((_ "temps" (x y ...) (t ...) bs b ...)
     (my-letrec "temps" (y ...) (newtemp t ...) bs b ...))))
(my-letrec ((e? (lambda (n) (if (= n 0) #t (o? (- n 1))))) (o? (lambda (n) (if (= n 0) #f (e? (- n 1)))))) (e? 10))
;; value: #t
