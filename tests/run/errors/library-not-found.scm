;; options: -L support -L elsewhere
;; error: library (misnamed 2) not found
;; error: looked for support/misnamed/2.sld
;; error: looked for support/misnamed/2.scm
;; error: looked for elsewhere/misnamed/2.sld
;; error: run/errors/misnamed/2.scm
;; status: 65
(import (misnamed 2))
