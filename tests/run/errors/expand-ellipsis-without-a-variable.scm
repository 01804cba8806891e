;; error: an ellipsis must follow a template with a variable that it repeats
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a) '(a ...))))
(m 1)
