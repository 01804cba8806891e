(import (scheme base))
(let ()
  (define-syntax m (syntax-rules () ((_ id) (lambda (x) (let ((id 'other)) x)))))
  ((m x) 'argument))
;; value: argument
