;; error: `define` is not an expression
;; status: 65
(import (scheme base))
(if #t (define x 1) 2)
