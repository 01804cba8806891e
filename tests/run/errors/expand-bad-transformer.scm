;; error: `m` is bound to "no procedure", which is no transformer
;; error: a transformer is (syntax-rules …), another keyword, or a procedure that takes a form
;; status: 65
(import (scheme base))
(define-syntax m "no procedure")
