;; error: the transformer of `m` answered data that contain themselves
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (let ((l (list 1 2))) (set-cdr! l l) l)))
(m)
