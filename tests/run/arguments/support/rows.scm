;; (row NAME (SHAPE …) (SHAPE …) REST): the shapes of a procedure's required and optional arguments, and of all further ones (#f: there are none;
;; unchecked: there may be some).
;; Each procedure is called as a value and in operator position, with one argument that is not of its shape at a time: that must raise an
;; error object whose message begins with the procedure's name and names the argument's position, and whose irritants hold the value.
;; Then it is called with one argument too few and one too many: the message must tell how many there were.
;; What fails is printed; (tried) is the number of calls. `suite/arguments.rs` reads the rows and the shapes, too.
(define calls 0)
(define (tried) calls)

(define-syntax shapes-of
  (syntax-rules ()
    ((_ (name good bad ...) ...) (list (list 'name (lambda () good) bad ...) ...))))
(include "shapes.scm")
;; For the programs that have such things, to be assigned.
(define (make-table) 0)
(define (make-box) 0)
(define (make-environment) 0)
(define (make-identifier) 0)
(define (good shape) ((cadr (assq shape shapes))))
(define (bad shape) (cddr (assq shape shapes)))

(define (starts-with? s start)
  (and (>= (string-length s) (string-length start)) (string=? (substring s 0 (string-length start)) start)))
(define (contains? s part)
  (let loop ((i 0))
    (and (<= (+ i (string-length part)) (string-length s))
         (or (string=? (substring s i (+ i (string-length part))) part) (loop (+ i 1))))))

(define (written x) (let ((port (open-output-string))) (write x port) (get-output-string port)))
(define (report name what args outcome)
  (display name) (display " ") (display what) (write-char #\space) (write args) (display ": ") (write outcome) (newline))
;; The condition that calling raises, or (answered VALUES …).
(define (outcome-of call args)
  (set! calls (+ calls 1))
  (guard (e (#t e))
    (call-with-values (lambda () (call args)) (lambda results (cons 'answered results)))))
(define (check-wrong-type name what call args position value)
  (let ((outcome (outcome-of call args)))
    (unless (and (error-object? outcome)
                 (starts-with? (error-object-message outcome) (string-append name ": argument "))
                 (contains? (error-object-message outcome)
                            (string-append "argument " (number->string position) " "))
                 (or (pair? value) (contains? (error-object-message outcome) (written value)))
                 (memv value (error-object-irritants outcome)))
      (report name what args outcome))))
(define (check-wrong-count name what call args)
  (let ((outcome (outcome-of call args)))
    (unless (and (error-object? outcome)
                 (starts-with? (error-object-message outcome) (string-append name ": takes "))
                 (contains? (error-object-message outcome)
                            (string-append ", but got " (number->string (length args)))))
      (report name what args outcome))))

(define (replaced args i x)
  (if (= i 0) (cons x (cdr args)) (cons (car args) (replaced (cdr args) (- i 1) x))))
(define (try-positions name call shapes)
  (let loop ((rest shapes) (i 0))
    (unless (null? rest)
      (for-each
       (lambda (value)
         (check-wrong-type name "of" call (replaced (map good shapes) i value) (+ i 1) value))
       (bad (car rest)))
      (loop (cdr rest) (+ i 1)))))
(define (without-last l) (reverse (cdr (reverse l))))
;; `direct` takes a list of as many arguments as there are shapes.
(define (try name procedure direct required optional rest)
  (let ((all (append required optional (if (memq rest '(#f unchecked)) '() (list rest rest rest)))))
    (try-positions name (lambda (args) (apply procedure args)) all)
    (try-positions name direct all)
    (unless (null? required)
      (check-wrong-count name "of too few" (lambda (args) (apply procedure args)) (map good (without-last required))))
    (unless rest
      (check-wrong-count name "of too many" (lambda (args) (apply procedure args)) (map good (cons 'any all))))))

(define-syntax row
  (syntax-rules (unchecked)
    ((_ name (required ...) (optional ...) #f)
     (try (symbol->string 'name) name (direct name () required ... optional ...) '(required ...) '(optional ...) #f))
    ((_ name (required ...) (optional ...) unchecked)
     (try (symbol->string 'name) name (direct name () required ... optional ...) '(required ...) '(optional ...) 'unchecked))
    ((_ name (required ...) (optional ...) rest)
     (try (symbol->string 'name) name (direct name () required ... optional ... rest rest rest)
          '(required ...) '(optional ...) 'rest))))
(define-syntax direct
  (syntax-rules ()
    ((_ name (variable ...)) (lambda (args) (apply (lambda (variable ...) (name variable ...)) args)))
    ((_ name (variable ...) shape more ...) (direct name (variable ... new) more ...))))
