;; Macros by procedures on syntax objects (R6RS libraries, chapter 12), and definitions for them.

(define-library (kestrel syntax-case)
  (import (kestrel syntax) (kestrel primitives) (kestrel sequence))
  (export syntax-case syntax quasisyntax unsyntax unsyntax-splicing with-syntax
          _ ...
          datum->syntax syntax->datum generate-temporaries
          identifier? free-identifier=? bound-identifier=?
          make-variable-transformer identifier-syntax syntax-violation
          syntax? syntax->list
          define-for-syntax begin-for-syntax)
  (begin

    ;; The expander knows this type by its name: its transformer is given `set!` forms, too.
    (define-record-type variable-transformer (%make-variable-transformer procedure) variable-transformer?
      (procedure %variable-transformer-procedure))
    (define (make-variable-transformer procedure)
      (unless (procedure? procedure) (%wrong-type 'make-variable-transformer 1 procedure "procedure"))
      (%make-variable-transformer procedure))

    ;; The transformer of a keyword that stands for an expression and, in the longer form, can be assigned (R6RS 11.19).
    (define-syntax identifier-syntax
      (syntax-rules (set!)
        ((_ (name get) ((set! variable value) put))
         (make-variable-transformer
          (lambda (form)
            (syntax-case form (set!)
              ((set! variable value) #'put)
              ((name operand (... ...)) #'(get operand (... ...)))
              (name #'get)))))
        ((_ get)
         (lambda (form)
           (syntax-case form ()
             ((_ operand (... ...)) #'(get operand (... ...)))
             (_ #'get))))))

    ;; The elements of a form that is a proper list, else #f.
    (define (syntax->list form)
      (syntax-case form ()
        ((element ...) #'(element ...))
        (_ #f)))))
