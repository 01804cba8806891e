(import (scheme base))
(define-syntax m (syntax-rules () ((_ #(a b ...) ...) '(#(b ... a) ...))))
(m #(1 2 3) #(4))
;; value: (#(2 3 1) #(4))
