(import (scheme base))
(define-syntax while
  (syntax-rules () ((_ c b ...) (let loop () (when c b ... (loop))))))
(let ((loop 3) (n 0))
  (while (> loop 0) (set! loop (- loop 1)) (set! n (+ n 2)))
  n)
;; value: 6
