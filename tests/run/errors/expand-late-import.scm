;; error: `import` must come before all definitions and expressions
;; error: the first one
;; status: 65
(import (scheme base))
(define x 1)
(import (scheme write))
