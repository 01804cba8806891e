;; error: `import` must come before all definitions and expressions
;; status: 65
(import (scheme base))
(define x 1)
(import (scheme write))
