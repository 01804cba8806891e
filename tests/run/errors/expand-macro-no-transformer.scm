;; error: `m` is bound to 5, which is no transformer
;; status: 65
(import (scheme base))
(define-syntax m (+ 2 3))
