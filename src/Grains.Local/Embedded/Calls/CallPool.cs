using System.Diagnostics.CodeAnalysis;

namespace Orleans.Embedded.Calls;

/// <summary>
/// The calls of one method that a thread may use again. A caller's thread takes and returns them, so no lock is needed;
/// what is over the bound is left to the garbage collector.
/// </summary>
/// <typeparam name="TCall">The generated call.</typeparam>
public sealed class CallPool<TCall>
    where TCall : GrainCall
{
    // As many as one thread has in flight in one method at a busy edge; a call is about 250 bytes.
    private const int Capacity = 512;

    private TCall[] _calls = new TCall[8];
    private int _count;

    /// <summary>Takes a call, if there is one.</summary>
    public bool TryTake([NotNullWhen(true)] out TCall? call)
    {
        if (_count == 0)
        {
            call = null;
            return false;
        }

        call = _calls[--_count];
        return true;
    }

    /// <summary>Gives a call back.</summary>
    public void Return(TCall call)
    {
        if (_count == _calls.Length)
        {
            if (_count == Capacity)
            {
                return;
            }

            Array.Resize(ref _calls, _count * 2);
        }

        _calls[_count++] = call;
    }
}
