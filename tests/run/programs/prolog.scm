;; A Prolog: a reader for its syntax from a string, unification with a trail, and success continuations.
;; slow: every inference allocates: minutes
(import (scheme base) (scheme char) (scheme write))

;; Terms: symbols, integers, variables, and compounds.
(define-record-type variable (make-variable name value) variable?
  (name variable-name) (value variable-value set-variable-value!))
(define-record-type compound (make-compound functor arguments) compound?
  (functor compound-functor) (arguments compound-arguments))
(define unbound (list 'unbound))

(define (resolve term)
  (if (variable? term)
      (let ((value (variable-value term)))
        (if (eq? value unbound) term (resolve value)))
      term))

;; The trail: variables bound since the start, newest first.
(define trail '())

(define (bind! variable value)
  (set-variable-value! variable value)
  (set! trail (cons variable trail)))

(define (undo! mark)
  (let loop ()
    (if (not (eq? trail mark))
        (begin (set-variable-value! (car trail) unbound)
               (set! trail (cdr trail))
               (loop)))))

(define (unify! a b)
  (let ((a (resolve a)) (b (resolve b)))
    (cond ((eq? a b) #t)
          ((variable? a) (bind! a b) #t)
          ((variable? b) (bind! b a) #t)
          ((and (compound? a) (compound? b))
           (let ((as (compound-arguments a)) (bs (compound-arguments b)))
             (and (eq? (compound-functor a) (compound-functor b))
                  (= (vector-length as) (vector-length bs))
                  (let loop ((i 0))
                    (or (= i (vector-length as))
                        (and (unify! (vector-ref as i) (vector-ref bs i))
                             (loop (+ i 1))))))))
          (else (eqv? a b)))))

;; Reading ---------------------------------------------------------------------------------------------------------

(define (tokens text)
  (define port (open-input-string text))
  (define (take-while ok?)
    (let loop ((chars '()))
      (let ((c (peek-char port)))
        (if (and (char? c) (ok? c))
            (loop (cons (read-char port) chars))
            (list->string (reverse chars))))))
  (define (name-char? c) (or (char-alphabetic? c) (char-numeric? c) (char=? c #\_)))
  (define (symbol-char? c) (memv c '(#\: #\- #\= #\< #\> #\+ #\* #\/ #\\)))
  (let loop ((found '()))
    (let ((c (peek-char port)))
      (cond ((eof-object? c) (reverse found))
            ((char-whitespace? c) (read-char port) (loop found))
            ((char-numeric? c) (loop (cons (string->number (take-while char-numeric?)) found)))
            ((or (char-upper-case? c) (char=? c #\_)) (loop (cons (take-while name-char?) found)))
            ((char-alphabetic? c) (loop (cons (string->symbol (take-while name-char?)) found)))
            ((symbol-char? c) (loop (cons (string->symbol (take-while symbol-char?)) found)))
            (else (read-char port) (loop (cons c found)))))))

(define operators '((|:-| . 1200) (= . 700) (is . 700) (< . 700) (> . 700) (=:= . 700) (=/= . 700)
                    (+ . 500) (- . 500) (* . 400) (// . 400) (mod . 400)))

(define (parse-program text)
  (define rest (tokens text))
  (define names '())
  (define (next!) (let ((t (car rest))) (set! rest (cdr rest)) t))
  (define (peek) (if (null? rest) #f (car rest)))
  (define (expect! token)
    (if (not (eqv? (next!) token)) (error "expected" token)))
  (define (named name)
    (cond ((string=? name "_") (make-variable name unbound))
          ((assoc name names) => cdr)
          (else (let ((v (make-variable name unbound)))
                  (set! names (cons (cons name v) names))
                  v))))
  (define (arguments)
    (let ((first (term 999)))
      (if (eqv? (peek) #\,)
          (begin (next!) (cons first (arguments)))
          (list first))))
  (define (list-tail)
    (case (peek)
      ((#\,) (next!) (let* ((head (term 999)) (tail (list-tail))) (make-compound 'cons (vector head tail))))
      ((#\|) (next!) (let ((tail (term 999))) (expect! #\]) tail))
      (else (expect! #\]) 'nil)))
  (define (primary)
    (let ((t (next!)))
      (cond ((string? t) (named t))
            ((eqv? t #\() (let ((inner (term 1200))) (expect! #\)) inner))
            ((eqv? t #\[)
             (if (eqv? (peek) #\])
                 (begin (next!) 'nil)
                 (let* ((head (term 999)) (tail (list-tail))) (make-compound 'cons (vector head tail)))))
            ((and (symbol? t) (eqv? (peek) #\())
             (next!)
             (let ((as (arguments))) (expect! #\)) (make-compound t (list->vector as))))
            (else t))))
  (define (term limit)
    (let loop ((left (primary)))
      (let ((op (and (symbol? (peek)) (assq (peek) operators))))
        (cond ((and op (<= (cdr op) limit))
               (next!)
               (let ((right (if (eq? (car op) '|:-|) (goals) (term (- (cdr op) 1)))))
                 (loop (make-compound (car op) (vector left right)))))
              (else left)))))
  (define (goals)
    (let ((first (term 999)))
      (if (eqv? (peek) #\,)
          (begin (next!) (cons first (goals)))
          (list first))))
  (let clauses ((found '()))
    (if (null? rest)
        (reverse found)
        (begin
          (set! names '())
          (let ((t (if (eq? (peek) '?-) (begin (next!) (make-compound '|:-| (vector 'query (goals)))) (term 1200))))
            (expect! #\.)
            (clauses (cons (if (and (compound? t) (eq? (compound-functor t) '|:-|))
                               (cons (vector-ref (compound-arguments t) 0) (vector-ref (compound-arguments t) 1))
                               (list t))
                           found)))))))

;; Clauses are renamed by procedures made once: each variable is an index into a fresh vector.

(define (compile-clause clause)
  (let ((variables '()))
    (define (index-of v)
      (let ((found (assq v variables)))
        (if found
            (cdr found)
            (let ((i (length variables)))
              (set! variables (cons (cons v i) variables))
              i))))
    (define (compile term)
      (cond ((variable? term)
             (let ((i (index-of term)) (name (variable-name term)))
               (lambda (frame)
                 (or (vector-ref frame i)
                     (let ((v (make-variable name unbound)))
                       (vector-set! frame i v)
                       v)))))
            ((compound? term)
             (let ((functor (compound-functor term))
                   (parts (vector-map compile (compound-arguments term))))
               (lambda (frame)
                 (make-compound functor (vector-map (lambda (part) (part frame)) parts)))))
            (else (lambda (frame) term))))
    (let* ((head (compile (car clause))) (goals (map compile (cdr clause))) (size (length variables)))
      (vector size head goals))))

(define (key term)
  (if (compound? term)
      (cons (compound-functor term) (vector-length (compound-arguments term)))
      (cons term 0)))

(define database '())

(define (add-clause! clause)
  (let* ((k (key (car clause))) (entry (assoc k database)) (code (compile-clause clause)))
    (if entry
        (set-cdr! entry (append (cdr entry) (list code)))
        (set! database (cons (list k code) database)))))

(define (clauses-of term)
  (let ((entry (assoc (key term) database)))
    (if entry (cdr entry) (error "unknown predicate" (key term)))))

(define (evaluate term)
  (let ((term (resolve term)))
    (if (compound? term)
        (let ((a (evaluate (vector-ref (compound-arguments term) 0)))
              (b (evaluate (vector-ref (compound-arguments term) 1))))
          (case (compound-functor term)
            ((+) (+ a b)) ((-) (- a b)) ((*) (* a b)) ((//) (quotient a b)) ((mod) (modulo a b))
            (else (error "not arithmetic" (compound-functor term)))))
        term)))

;; (solve goals depth success): calls success for each solution, returns when there are no more.
(define inferences 0)

(define (solve goals success)
  (if (null? goals)
      (success)
      (let ((goal (resolve (car goals))) (rest (cdr goals)))
        (define (argument i) (vector-ref (compound-arguments goal) i))
        (define (test holds?)
          (if (holds? (evaluate (argument 0)) (evaluate (argument 1))) (solve rest success)))
        (set! inferences (+ inferences 1))
        (case (if (compound? goal) (compound-functor goal) goal)
          ((=) (let ((mark trail))
                 (if (unify! (argument 0) (argument 1)) (solve rest success))
                 (undo! mark)))
          ((is) (let ((mark trail))
                  (if (unify! (argument 0) (evaluate (argument 1))) (solve rest success))
                  (undo! mark)))
          ((<) (test <))
          ((>) (test >))
          ((=:=) (test =))
          ((=/=) (test (lambda (a b) (not (= a b)))))
          ((fail) #f)
          (else
           (for-each
            (lambda (clause)
              (let ((mark trail) (frame (make-vector (vector-ref clause 0) #f)))
                (if (unify! goal ((vector-ref clause 1) frame))
                    (solve (instantiate (vector-ref clause 2) frame rest) success))
                (undo! mark)))
            (clauses-of goal)))))))

(define (instantiate goals frame rest)
  (if (null? goals)
      rest
      (cons ((car goals) frame) (instantiate (cdr goals) frame rest))))

(define (show term)
  (let ((term (resolve term)))
    (cond ((variable? term) (display "_"))
          ((and (compound? term) (eq? (compound-functor term) 'cons))
           (display "[")
           (let loop ((term term))
             (show (vector-ref (compound-arguments term) 0))
             (let ((tail (resolve (vector-ref (compound-arguments term) 1))))
               (cond ((eq? tail 'nil) (display "]"))
                     ((and (compound? tail) (eq? (compound-functor tail) 'cons)) (display ",") (loop tail))
                     (else (display "|") (show tail) (display "]"))))))
          ((compound? term)
           (display (compound-functor term))
           (display "(")
           (let ((as (compound-arguments term)))
             (do ((i 0 (+ i 1))) ((= i (vector-length as)))
               (if (> i 0) (display ","))
               (show (vector-ref as i))))
           (display ")"))
          (else (display term)))))

(define text
  "app(nil2, nil2, nil2).
   append([], L, L).
   append([H|T], L, [H|R]) :- append(T, L, R).
   nrev([], []).
   nrev([H|T], R) :- nrev(T, RT), append(RT, [H], R).
   range(N, N, [N]).
   range(M, N, [M|R]) :- M < N, M1 is M + 1, range(M1, N, R).
   select(X, [X|T], T).
   select(X, [H|T], [H|R]) :- select(X, T, R).
   queens(N, Qs) :- range(1, N, Ns), place(Ns, [], Qs).
   place([], Qs, Qs).
   place(Un, Safe, Qs) :- select(Q, Un, R), safe(Q, 1, Safe), place(R, [Q|Safe], Qs).
   safe(Q, N, []).
   safe(Q, N, [Y|Ys]) :- Q =/= Y + N, Q =/= Y - N, N1 is N + 1, safe(Q, N1, Ys).
   len([], 0).
   len([H|T], N) :- len(T, M), N is M + 1.
   parent(tom, bob). parent(tom, liz). parent(bob, ann). parent(bob, pat). parent(pat, jim).
   ancestor(X, Y) :- parent(X, Y).
   ancestor(X, Y) :- parent(X, Z), ancestor(Z, Y).
   fact(0, 1).
   fact(N, F) :- N > 0, M is N - 1, fact(M, G), F is N * G.")

(for-each add-clause! (parse-program text))

(define (ask text limit show?)
  (let* ((clause (car (parse-program (string-append "query :- " text))))
         (count 0))
    (call-with-current-continuation
     (lambda (stop)
       (solve (cdr clause)
              (lambda ()
                (set! count (+ count 1))
                (if show? (begin (for-each (lambda (g) (show g) (display " ")) (cdr clause)) (newline)))
                (if (= count limit) (stop #t))))))
    (undo! '())
    count))

(ask "ancestor(tom, X)." -1 #t)
(ask "append(X, Y, [1,2,3])." -1 #t)
(ask "fact(20, F)." 1 #t)
(ask "nrev([1,2,3,4,5,6,7,8,9,10], X), len(X, N)." 1 #t)
(ask "queens(6, Q)." -1 #t)
(ask "range(1, 30, L), nrev(L, X)." 1 #f)
(write inferences)
(newline)

;; output: ancestor(tom,bob) 
;; output: ancestor(tom,liz) 
;; output: ancestor(tom,ann) 
;; output: ancestor(tom,pat) 
;; output: ancestor(tom,jim) 
;; output: append(nil,[1,2,3],[1,2,3]) 
;; output: append([1],[2,3],[1,2,3]) 
;; output: append([1,2],[3],[1,2,3]) 
;; output: append([1,2,3],nil,[1,2,3]) 
;; output: fact(20,2432902008176640000) 
;; output: nrev([1,2,3,4,5,6,7,8,9,10],[10,9,8,7,6,5,4,3,2,1]) len([10,9,8,7,6,5,4,3,2,1],10) 
;; output: queens(6,[5,3,1,6,4,2]) 
;; output: queens(6,[4,1,5,2,6,3]) 
;; output: queens(6,[3,6,2,5,1,4]) 
;; output: queens(6,[2,4,6,1,3,5]) 
;; output: 4436
