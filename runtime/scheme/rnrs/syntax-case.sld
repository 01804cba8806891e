;; The names of R6RS's library of this name.

(define-library (rnrs syntax-case)
  (import (kestrel syntax-case))
  (export syntax-case syntax quasisyntax unsyntax unsyntax-splicing with-syntax _ ...
          datum->syntax syntax->datum generate-temporaries identifier? free-identifier=? bound-identifier=?
          make-variable-transformer syntax-violation))
