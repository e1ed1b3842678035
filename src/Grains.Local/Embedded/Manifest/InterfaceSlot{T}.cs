namespace Orleans.Embedded.Manifest;

/// <summary>A small number for a grain interface, so that finding its binding is an array access.</summary>
internal static class InterfaceSlot<T>
{
    public static readonly int Index = InterfaceSlots.Next();
}
