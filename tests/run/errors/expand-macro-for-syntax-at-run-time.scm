;; error: `x` is a variable for syntax: it has a value only while macros are expanded
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-for-syntax x 5)
(list x)
