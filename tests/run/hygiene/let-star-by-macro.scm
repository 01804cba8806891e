(import (scheme base))
(define-syntax my-let* (syntax-rules () ((_ () b ...) (let () b ...)) ((_ ((n v) r ...) b ...) (let ((n v)) (my-let* (r ...) b ...)))))
(let ((x 1)) (my-let* ((x (+ x 1)) (y x) (x (* 10 y))) (list x y)))
;; value: (20 2)
